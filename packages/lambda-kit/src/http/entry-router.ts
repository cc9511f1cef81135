import { HttpVerbs, Router } from '@aws-lambda-powertools/event-handler/http';
import type { Env } from '@aws-lambda-powertools/event-handler/types';
import type { Context } from 'aws-lambda';
import { problem } from '../problem.js';
import { type Answer, answerOf } from './answer.js';
import type { HttpResult } from './finished.js';
import { methodOf, type NormalisedEvent } from './http-event.js';
import { isRouteNotFound, knownRefusal } from './known-refusals.js';

/** The entry logs each request in one line; what the router says beside that would be said twice. */
const quiet = { ...console, debug: () => {}, error: () => {} };

/** What happened to one request. */
interface Course {
  /** The pattern that matched. */
  route?: string;
  /** What a handler or a middleware threw, whatever became of it. */
  thrown?: Error;
  /** What was thrown and is no refusal. */
  fault?: Error;
}

/** Powertools' router answers faults with a 500 that counts as success; this one remembers and rethrows them. */
export class EntryRouter extends Router {
  readonly #courses = new WeakMap<object, Course>();

  constructor(routes: Router<Env>) {
    super({ logger: quiet });
    // First, so that it is outermost and sees every error as it was thrown.
    this.use(async ({ reqCtx, next }) => {
      const course = this.#courseOf(reqCtx.event);
      if (reqCtx.route !== null) course.route = reqCtx.route.slice(reqCtx.route.indexOf(' ') + 1);
      try {
        await next();
      } catch (error) {
        course.thrown = error as Error;
        throw error;
      }
    });
    this.includeRouter(routes);
    // Last, so that the service's own classes are found first. It must not throw: the router would call it again.
    this.errorHandler(Error, async (error, { event, req }) => this.#refuse(error, event, req));
  }

  /** @throws the fault, where handling the request failed by one. */
  async answer(event: NormalisedEvent, context: Context): Promise<Answer> {
    const course: Course = {};
    this.#courses.set(event, course);
    const result = (await this.#resolved(event, context, course)) as HttpResult | undefined;
    if (!result) return answerOf(event, problem(422, 'INVALID_REQUEST'));
    // A 500 after a throw: a handler of the service's own for this class of errors failed.
    const fault = course.fault ?? (result.statusCode === 500 ? course.thrown : undefined);
    if (fault) throw fault;
    return { method: methodOf(event), route: course.route ?? 'unmatched', result };
  }

  /** Undefined where the event cannot become a web request: a host or a header that nobody may send. */
  async #resolved(event: NormalisedEvent, context: Context, course: Course) {
    try {
      return await this.resolve(event, context);
    } catch (error) {
      if (error instanceof TypeError && course.route === undefined && !course.thrown) return undefined;
      throw error;
    }
  }

  #refuse(error: Error, event: object, { method, url }: Request): Response {
    if (isRouteNotFound(error)) {
      const allowed = this.#methodsOf(new URL(url).pathname);
      if (allowed.length === 0 || allowed.includes(method)) return problem(404, 'NOT_FOUND');
      return problem(405, 'METHOD_NOT_ALLOWED', { headers: { allow: allowed.join(', ') } });
    }
    const course = this.#courseOf(event);
    const refusal = knownRefusal(error, course.route !== undefined);
    if (refusal) return refusal;
    course.fault = error;
    return problem(500, 'FAULT');
  }

  /** The methods that the path has a route for. */
  #methodsOf(path: string): string[] {
    let known = path;
    while (known.length > 1 && known.endsWith('/')) known = known.slice(0, -1);
    return Object.values(HttpVerbs).filter((verb) => {
      try {
        return this.routeRegistry.resolve(verb, known as `/${string}`) !== null;
      } catch {
        return true; // The path fits a route; what stands for its parameter does not.
      }
    });
  }

  #courseOf(event: object): Course {
    const course = this.#courses.get(event) ?? {};
    this.#courses.set(event, course);
    return course;
  }
}
