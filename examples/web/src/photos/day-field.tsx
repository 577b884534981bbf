import { fieldClasses } from '../ui/field.ts';

interface DayFieldProps {
  label: string;
  /** `YYYY-MM-DD` */
  value: string | undefined;
  min?: string;
  max?: string;
  onChange: (day: string | undefined) => void;
}

export function DayField({ label, value = '', min, max, onChange }: DayFieldProps) {
  return (
    <label className="grid gap-1.5">
      <span className="font-semibold text-sm">{label}</span>
      <input
        type="date"
        className={fieldClasses}
        value={value}
        min={min}
        max={max}
        onChange={(event) => onChange(event.target.value || undefined)}
      />
    </label>
  );
}
