// Pulumi's run-policy-pack always registers ts-node with type checking, whatever PulumiPolicy.yaml says: it then checks what tsx
// has already compiled, and fails. tsx alone loads the pack; `npm run types` type-checks it.
delete require.extensions[".ts"];
require("tsx/cjs");
require("./index.ts");
