import { pinnedImage } from "../../config/fields";
import { ArgChecks } from "../foundation/checks";
import type { DemoAppArgs } from "./args";

/** The component stands on its own: what the stack's config would have refused is refused here too. */
export function checkArgs(name: string, args: DemoAppArgs): void {
    const checks = new ArgChecks(`DemoApp ${name}`)
        .expect(
            (args.kubeContext === undefined) !== (args.eks === undefined),
            "kubeContext",
            `or eks must be given, one of them: got ${args.eks === undefined ? "neither" : "both"}`,
        )
        .expectWhole(args.frontend.replicas, 2, 50, "frontend.replicas")
        .expectWhole(args.backend.replicas, 2, 50, "backend.replicas");
    for (const tier of ["frontend", "backend", "database"] as const) {
        const { image } = args[tier];
        checks.expect(
            pinnedImage().safeParse(image).success,
            `${tier}.image`,
            `must have a tag other than latest, or a digest, got "${image}"`,
        );
    }
    checks.done();
}
