// npm run bench -- [train] [finetune] [generate] [choices] --model REF: the same work by Carryover and by the
// libraries people would use instead, side by side in one run. TypeScript is loaded through tsx.
import { register } from 'tsx/esm/api';

register();
const { main } = await import('./main.ts');
process.exitCode = await main(process.argv.slice(2)).catch((error) => {
  console.error(process.env.DEBUG ? error : error.message);
  return 1;
});
