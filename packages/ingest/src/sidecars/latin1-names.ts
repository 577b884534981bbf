import { Buffer } from 'node:buffer';

/** A file name as text, in parts. */
export interface NameText {
  all: string;
  stem: string;
  /** With its dot; empty when there is none. */
  extension: string;
  /** Turns text of the same encoding into a name as it was given. */
  toLatin1(text: string): string;
}

/** Reads a file name that is given byte for byte in Latin-1: as UTF-8 where it is, else as Latin-1. */
export function textOfName(name: string): NameText {
  const utf8 = Buffer.from(name, 'latin1').toString('utf8');
  const isUtf8 = utf8 !== name && Buffer.from(utf8).toString('latin1') === name;
  const all = isUtf8 ? utf8 : name; // ASCII is the same in both
  const dot = all.lastIndexOf('.');
  return {
    all,
    stem: dot < 0 ? all : all.slice(0, dot),
    extension: dot < 0 ? '' : all.slice(dot),
    toLatin1: (text) => (isUtf8 ? Buffer.from(text).toString('latin1') : text),
  };
}
