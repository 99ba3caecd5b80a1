import type { ReactNode } from 'react'
import styles from './figures.module.css'

/** A value and its name. */
interface Figure {
  readonly label: string
  readonly value: ReactNode
}

/** Values under their names: three beside each other, or as many as a line holds. Those without a value are left out. */
export function Figures({ figures, inLine = false }: { readonly figures: readonly Figure[]; readonly inLine?: boolean }) {
  return (
    <dl className={styles['figures']} data-in-line={inLine}>
      {figures.map(
        ({ label, value }) =>
          value !== undefined &&
          value !== '' && (
            <div key={label}>
              <dt>{label}</dt>
              <dd className="tabular">{value}</dd>
            </div>
          ),
      )}
    </dl>
  )
}
