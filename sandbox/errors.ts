/** Something the person at the terminal can mend: printed as it is, without a stack trace. */
export class SandboxError extends Error {
    override readonly name = "SandboxError";
}
