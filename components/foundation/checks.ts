import * as pulumi from "@pulumi/pulumi";

/** Collects what is wrong with a component's args, so that all of it is told at once and before anything is registered. */
export class ArgChecks {
    private readonly errors: pulumi.InputPropertyErrorDetails[] = [];

    /** @param owner what the args belong to, for example `Network shop-network` */
    constructor(private readonly owner: string) {}

    /** Notes a fault when the expectation doesn't hold. `reason` reads as a sentence about the property. */
    expect(holds: boolean, propertyPath: string, reason: string): this {
        if (!holds) {
            this.errors.push({ propertyPath, reason });
        }
        return this;
    }

    /** Notes a fault when a known number is not whole or out of bounds; absent is fine. */
    expectWhole(value: number | undefined, min: number, max: number, propertyPath: string): this {
        return this.expect(
            value === undefined || (Number.isInteger(value) && value >= min && value <= max),
            propertyPath,
            `must be a whole number from ${min} to ${max}, got ${value}`,
        );
    }

    /** @throws pulumi.InputPropertiesError that names every fault in its message too, since only that reaches the terminal. */
    done(): void {
        if (this.errors.length > 0) {
            const lines = this.errors.map(({ propertyPath, reason }) => `  ${propertyPath} ${reason}`);
            const error = new pulumi.InputPropertiesError({
                message: `${this.owner} can't be built:\n${lines.join("\n")}`,
                errors: this.errors,
            });
            // the message says it all; where in our code it was noticed would only bury it
            error.stack = error.message;
            throw error;
        }
    }
}
