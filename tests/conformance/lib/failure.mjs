// Takes a failed call apart: the status code, and the google.rpc.Status in its trailers.
import grpc from '@grpc/grpc-js';
import { decode } from './contract.mjs';

const trailer = 'grpc-status-details-bin';

/**
 * The failure of a call: `code` by name, `message`, and what the trailers carry. `status`, `info`,
 * `badRequest` and `retry` are null where the server sent none; `broken` says why details do not decode.
 */
export function failureOf(error) {
  const failure = {
    code: grpc.status[error.code] ?? String(error.code),
    message: error.details ?? '',
    status: null,
    info: null,
    badRequest: null,
    retry: null,
    broken: null,
  };
  const [bytes] = error.metadata?.get(trailer) ?? [];
  if (bytes === undefined) return failure;
  try {
    failure.status = decode('google.rpc.Status', bytes);
    const detail = (name) => {
      const any = failure.status.details.find((one) => one.type_url.endsWith(`/google.rpc.${name}`));
      return any ? decode(`google.rpc.${name}`, any.value) : null;
    };
    failure.info = detail('ErrorInfo');
    failure.badRequest = detail('BadRequest');
    failure.retry = detail('RetryInfo');
  } catch (problem) {
    failure.broken = problem.message;
  }
  return failure;
}

/** What is wrong with the details of a failure, as sentences; empty when all is well. */
export function faultsInDetails(failure, { reason, field }) {
  const faults = [];
  const expect = (condition, fault) => {
    if (!condition) faults.push(fault);
  };
  if (failure.broken) return [`the details do not decode: ${failure.broken}`];
  if (!failure.status) return [`no ${trailer} trailer`];
  expect(grpc.status[failure.status.code] === failure.code, `Status.code ${failure.status.code} is not the call's`);
  expect(failure.status.message === failure.message, `Status.message differs: ${failure.status.message}`);
  if (!failure.info) return [...faults, 'no ErrorInfo in the details'];
  expect(/^[A-Z][A-Z0-9_]+$/.test(failure.info.reason), `ErrorInfo.reason is "${failure.info.reason}"`);
  expect(failure.info.domain === 'aifs.io', `ErrorInfo.domain is "${failure.info.domain}"`);
  if (reason) expect(failure.info.reason === reason, `ErrorInfo.reason is ${failure.info.reason}, not ${reason}`);
  if (field) faults.push(...faultsInViolations(failure.badRequest, field));
  if (failure.retry) expect(failure.retry.retry_delay, 'RetryInfo without a delay');
  return faults;
}

function faultsInViolations(badRequest, field) {
  if (!badRequest) return [`no BadRequest that names ${field}`];
  const violation = badRequest.field_violations.find((one) => one.field.includes(field));
  if (!violation) return [`BadRequest names ${JSON.stringify(badRequest.field_violations)}, not ${field}`];
  return violation.description === '' ? [`the violation of ${field} has no description`] : [];
}
