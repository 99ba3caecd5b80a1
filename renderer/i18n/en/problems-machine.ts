/** English texts; `{name}` stands for a value. */
export const problemsMachine = {
  'problem.machine/port-busy': '{port} is in use by another program.',
  'problem.machine/port-busy.remedy': 'Close the other program (Cura, Arduino IDE, ModemManager and brltty are the usual ones), then connect again.',
  'problem.machine/no-permission': 'You may not open {port}.',
  'problem.machine/no-permission.remedy': 'On Linux run “sudo usermod -aG dialout $USER”, log out and in again, then connect.',
  'problem.machine/port-gone': '{port} isn’t there.',
  'problem.machine/port-gone.remedy': 'Check that the machine is switched on and plugged in, then connect again.',
  'problem.machine/not-a-port': '{port} isn’t a serial port.',
  'problem.machine/not-a-port.remedy': 'Choose another port for this machine.',
  'problem.machine/port-failed': '{port} can’t be opened: {detail}',
  'problem.machine/port-failed.remedy': 'Unplug the cable, plug it in again, then connect.',
} as const
