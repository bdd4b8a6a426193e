import { PolicyPack } from "@pulumi/policy";
import { policiesOf } from "./engine/policies";
import { rules } from "./rules";

new PolicyPack("platforms", {
    displayName: "Platforms",
    enforcementLevel: "mandatory",
    policies: policiesOf(rules),
});
