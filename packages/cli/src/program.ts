import { Command } from 'commander';
import { addAuditCommand } from './commands/audit.ts';
import { addCalibrateCommand } from './commands/calibrate.ts';
import { addDoctorCommand } from './commands/doctor.ts';
import { addDuplicatesCommand } from './commands/duplicates.ts';
import { addEmbedCommand } from './commands/embed.ts';
import { addErrorsCommand } from './commands/errors.ts';
import { addEvaluateCommand } from './commands/evaluate.ts';
import { addExportRegionsCommand } from './commands/export-regions.ts';
import { addFacesCommand } from './commands/faces.ts';
import { addFilesCommand } from './commands/files.ts';
import { addGroupsCommand } from './commands/groups.ts';
import { addIngestCommand } from './commands/ingest.ts';
import { addLabelCommand } from './commands/label.ts';
import { addMetadataCommand } from './commands/metadata.ts';
import { addMigrateSqliteCommand } from './commands/migrate-sqlite.ts';
import { addPeopleCommand } from './commands/people.ts';
import { addPhotosCommand } from './commands/photos.ts';
import { addRecomputePriorsCommand } from './commands/recompute-priors.ts';
import { addReindexVectorsCommand } from './commands/reindex-vectors.ts';
import { addReviewCommand } from './commands/review.ts';
import { addRunsCommand } from './commands/runs.ts';
import { addSetupCommand } from './commands/setup.ts';
import { addSimilarCommand } from './commands/similar.ts';
import { addSpacesCommand } from './commands/spaces.ts';
import { addSuggestCommand } from './commands/suggest.ts';
import { addVerifyFilesCommand } from './commands/verify-files.ts';
import { addWorkerCommand } from './commands/worker.ts';
import { commonFlags } from './flags/common-flags.ts';
import { version } from './version.ts';

const closingHelp = `
A flag on the command line goes before its environment variable, that before the settings file, that before the default.
The settings file is JSON, keyed by the names of flags: {"database": "/srv/photos-db", "autoApplyThreshold": 0.97}.
Exit codes: 0 done, 1 something failed (named on stderr), 64 wrong command line, 69 database or models unavailable,
70 fault in photoorg, 78 wrong environment or settings, 130 stopped by Ctrl-C.`;

/** The whole command line. Building it loads none of the packages that do the work: each subcommand imports its own when it runs. */
export function buildProgram(): Command {
  const program = new Command('photoorg')
    .description('A photo library of your own: index folders of photos, find the faces, learn who they are.')
    .version(version, '--version')
    .helpOption('-h, --help', 'show help')
    .configureHelp({ showGlobalOptions: true })
    .showHelpAfterError('(--help shows what is possible)')
    .addHelpText('after', closingHelp)
    .exitOverride();
  for (const flag of commonFlags()) program.addOption(flag);

  addIngestCommand(program);
  addWorkerCommand(program);
  addPhotosCommand(program);
  addFilesCommand(program);
  addVerifyFilesCommand(program);
  addDuplicatesCommand(program);
  addFacesCommand(program);
  addGroupsCommand(program);
  addPeopleCommand(program);
  addSimilarCommand(program);
  addSuggestCommand(program);
  addReviewCommand(program);
  addEvaluateCommand(program);
  addAuditCommand(program);
  addLabelCommand(program);
  addExportRegionsCommand(program);
  addEmbedCommand(program);
  addMetadataCommand(program);
  addRunsCommand(program);
  addErrorsCommand(program);
  addSpacesCommand(program);
  addRecomputePriorsCommand(program);
  addCalibrateCommand(program);
  addReindexVectorsCommand(program);
  addMigrateSqliteCommand(program);
  addSetupCommand(program);
  addDoctorCommand(program);
  return program;
}
