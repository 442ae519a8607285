/** Who may sign in on one machine, with the groups a directory would give them. */
export const personas = {
  'southend-officer': { name: 'Sam Southend', groups: ['officer', 'district:southend'] },
  'basildon-officer': { name: 'Bo Basildon', groups: ['officer', 'district:basildon'] },
  supervisor: { name: 'Sue Supervisor', groups: ['officer', 'supervisor'] },
  admin: { name: 'Ada Admin', groups: ['officer', 'supervisor', 'admin'] },
} as const;

export type Persona = keyof typeof personas;

export const personaNames = Object.keys(personas) as Persona[];

export const isPersona = (name: string | undefined): name is Persona =>
  name !== undefined && name in personas;
