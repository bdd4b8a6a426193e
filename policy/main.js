// Pulumi's run-policy-pack always registers ts-node with type checking, whatever PulumiPolicy.yaml says: it then checks what tsx
// has already compiled, and fails. tsx alone loads the pack; `npm run types` type-checks it.
delete require.extensions[".ts"];

// Loaded ahead of tsx, which looks into every file that is loaded after it: the pack starts 0.3 s sooner.
require("@pulumi/policy");
require("zod");

require("tsx/cjs");
require("./index.ts");
