import type { BbhShots } from '../bbh-shots.ts';

export const SPORTS_UNDERSTANDING: BbhShots = {
  description:
    'Determine whether an artificially constructed sentence relating to sports is plausible or not.\n\n',
  shots: [
    {
      input:
        'Is the following sentence plausible? "Bam Adebayo scored a reverse layup in the Western Conference Finals."',
      target:
        'Bam Adebayo is an American basketball player. Scoring a reverse layup in the Western Conference Finals is part of the NBA Finals. So the answer is yes.',
    },
    {
      input: 'Is the following sentence plausible? "Santi Cazorla scored a touchdown."',
      target:
        'Santi Cazorla is a soccer player. Touchdown is part of American football and rugby. So the answer is no.',
    },
    {
      input: 'Is the following sentence plausible? "DeMar DeRozan was called for the goal tend."',
      target:
        'DeMar DeRozan is an American basketball player. Goal tending is part of basketball. So the answer is yes.',
    },
  ],
};
