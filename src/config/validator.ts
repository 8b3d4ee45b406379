import { Ajv, type ErrorObject } from "ajv";
import schema from "./schema.json" with { type: "json" };

/** Whether something is a configuration; what is wrong with it stands in `errors`. The build replaces it with generated code. */
export const validate: { (data: unknown): boolean; errors?: ErrorObject[] | null } = new Ajv({ allErrors: true }).compile(schema);
