/** A service by its key in the config. */
export type ServiceName = "api" | "audioExtraction" | "transcription" | "musicTermRecognition";

/** As it stands in names of AWS: `thoth-prod-audio-extraction`. */
export const serviceNames: Readonly<Record<ServiceName, string>> = {
    api: "api",
    audioExtraction: "audio-extraction",
    transcription: "transcription",
    musicTermRecognition: "music-term-recognition",
};

export interface Stage {
    /** Who takes jobs from the queue. */
    readonly worker: ServiceName;
    /** Stage whose queue the worker hands the job on to. @default the last one */
    readonly next?: StageName;
    /** Seconds that a job may take: it is hidden from other tasks so long, and seen again afterwards. */
    readonly jobSeconds: number;
    /** Tries before people have to look. */
    readonly tries: number;
    /** Seconds that a job may wait before people are told. */
    readonly maxWaitSeconds: number;
}

export type StageName = "extraction" | "transcription" | "terms" | "results";

/** The way of a job, from an upload to its transcript: each stage has a queue of its own. */
export const stages: Readonly<Record<StageName, Stage>> = {
    extraction: {
        worker: "audioExtraction",
        next: "transcription",
        jobSeconds: 15 * 60,
        tries: 3,
        maxWaitSeconds: 15 * 60,
    },
    // an hour of speech takes some ten minutes on a T4, after up to three for loading the model
    transcription: { worker: "transcription", next: "terms", jobSeconds: 2 * 3600, tries: 3, maxWaitSeconds: 3600 },
    terms: { worker: "musicTermRecognition", next: "results", jobSeconds: 15 * 60, tries: 3, maxWaitSeconds: 15 * 60 },
    results: { worker: "api", jobSeconds: 2 * 60, tries: 5, maxWaitSeconds: 5 * 60 },
};

export const stageNames = Object.keys(stages) as readonly StageName[];

/** Where things lie in the media bucket. */
export const prefixes = { uploads: "uploads/", audio: "audio/", transcripts: "transcripts/" } as const;
