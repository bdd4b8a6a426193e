import type { OffHours } from "../foundation/service-scaling";
import type { PartArgs } from "./args";

const clock = (time: string) => {
    const [hour = "0", minute = "0"] = time.split(":");
    return { hour: Number(hour), minute: Number(minute) };
};

/** As Application Auto Scaling takes it, six fields: https://docs.aws.amazon.com/autoscaling/application/userguide/scheduled-scaling-using-cron-expressions.html */
export function serviceSchedule(time: string, days: string): string {
    const { hour, minute } = clock(time);
    return `cron(${minute} ${hour} ? * ${days} *)`;
}

/** As EC2 Auto Scaling takes it, five fields: https://docs.aws.amazon.com/autoscaling/ec2/userguide/scheduled-scaling-using-cron-expressions.html */
export function groupRecurrence(time: string, days: string): string {
    const { hour, minute } = clock(time);
    // counted from Sunday, 0; a week from Monday to Sunday is every day
    const numbers: Readonly<Record<string, string>> = { "MON-FRI": "1-5", "MON-SAT": "1-6", "MON-SUN": "*" };
    return `${minute} ${hour} * * ${numbers[days] ?? days}`;
}

/** How a service does outside working hours, or nothing where there are no off-hours. */
export function offHoursOf(
    args: PartArgs,
    tasks: { readonly min: number; readonly max: number },
): OffHours | undefined {
    return (
        args.offHours && {
            begin: serviceSchedule(args.offHours.from, args.offHours.days),
            end: serviceSchedule(args.offHours.until, args.offHours.days),
            timeZone: args.offHours.timeZone,
            ...tasks,
        }
    );
}
