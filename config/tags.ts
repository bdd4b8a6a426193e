/** What a resource's standard tags tell. */
export interface TagArgs {
    /** The system, for example `mediaviz`. Costs are read by this tag. */
    readonly project: string;
    readonly environment: string;
    /** Tags of the stack; they win over the standard ones. */
    readonly extra?: Readonly<Record<string, string>>;
}

/** Tags that every AWS resource of a platform carries, set once on its provider. */
export function standardTags(args: TagArgs): Record<string, string> {
    return {
        Project: args.project,
        Environment: args.environment,
        ManagedBy: "pulumi",
        ...args.extra,
    };
}
