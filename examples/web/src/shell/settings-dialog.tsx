import { Settings2 } from 'lucide-react';
import { useState } from 'react';
import { Button } from '../ui/button.tsx';
import { Dialog } from '../ui/dialog.tsx';
import { fieldClasses } from '../ui/field.ts';
import { changeSettings, defaultSettings, type Theme, useSettings } from './settings.ts';

const themes: { value: Theme; name: string; hint: string }[] = [
  { value: 'system', name: 'As the system', hint: 'light, dark or high contrast' },
  { value: 'light', name: 'Light', hint: '' },
  { value: 'dark', name: 'Dark', hint: '' },
  { value: 'contrast', name: 'High contrast', hint: 'black and white, in the system’s light or dark' },
];

/** The longest name the API takes for whoever decides. */
const actorLengthMax = 200;

export function SettingsButton() {
  const [isOpen, setOpen] = useState(false);
  return (
    <>
      <Button look="bare" aria-label="Settings" onPress={() => setOpen(true)} className="px-2.5">
        <Settings2 aria-hidden="true" className="size-5" />
      </Button>
      <Dialog title="Settings" isOpen={isOpen} onClose={() => setOpen(false)}>
        <SettingsForm />
      </Dialog>
    </>
  );
}

function SettingsForm() {
  const settings = useSettings();
  const [actor, setActor] = useState(settings.actor);
  const changeActor = (name: string) => {
    setActor(name);
    changeSettings({ actor: name.trim() || defaultSettings.actor });
  };
  return (
    <div className="grid gap-6">
      <label className="grid gap-1.5">
        <span className="font-semibold">Who is labelling</span>
        <input
          className={fieldClasses}
          value={actor}
          maxLength={actorLengthMax}
          autoComplete="name"
          onChange={(event) => changeActor(event.target.value)}
        />
        <span className="text-muted text-sm">Written beside every name you give; kept in this browser only.</span>
      </label>
      <fieldset className="grid gap-1">
        <legend className="mb-1.5 font-semibold">Colours</legend>
        {themes.map(({ value, name, hint }) => (
          <label key={value} className="flex min-h-11 items-center gap-3 rounded-xl px-2 hover:bg-sunken">
            <input
              type="radio"
              name="theme"
              className="size-5 shrink-0 accent-(--accent)"
              checked={settings.theme === value}
              onChange={() => changeSettings({ theme: value })}
            />
            <span>
              {name} {hint && <span className="text-muted text-sm">{hint}</span>}
            </span>
          </label>
        ))}
      </fieldset>
      <label className="flex min-h-11 items-center gap-3 rounded-xl px-2 hover:bg-sunken">
        <input
          type="checkbox"
          className="size-5 shrink-0 accent-(--accent)"
          checked={settings.shortcuts}
          onChange={(event) => changeSettings({ shortcuts: event.target.checked })}
        />
        <span>
          Single-key shortcuts <span className="text-muted text-sm">arrows, letters and digits act at once</span>
        </span>
      </label>
    </div>
  );
}
