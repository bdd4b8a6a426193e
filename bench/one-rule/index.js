const { PolicyPack } = require("@pulumi/policy");

new PolicyPack("one-rule", {
    policies: [
        {
            name: "named",
            description: "Resources have a name",
            enforcementLevel: "mandatory",
            validateResource: (args, reportViolation) => {
                if (args.name === "") {
                    reportViolation("the resource has no name");
                }
            },
        },
    ],
});
