import { isSnapshotId, isString, isText } from '../lib/trial.mjs';

const isRootOrNone = (value) => value === '' || isSnapshotId(value);

export default {
  topic: 'operations',
  cases: {
    'GetInfo tells version, configuration and features, and no secret': async (t) => {
      const reply = await t.call('Introspect.GetInfo', {});
      const areNames = (features) => features.length > 0 && features.every(isText);
      t.fields(reply, { version: isText, config: isText, features: areNames }, 'GetInfo');
      t.ok(!t.token || !reply.config.includes(t.token), 'the configuration holds no token');
    },

    'GetMetrics gives Prometheus text': async (t) => {
      const reply = await t.call('Metrics.GetMetrics', {});
      t.fields(reply, { prometheus_metrics: isText, opentelemetry_metrics: isString }, 'GetMetrics');
      const lines = reply.prometheus_metrics.split('\n').filter((line) => line !== '' && !line.startsWith('#'));
      t.ok(lines.length > 0, 'there is a sample');
      for (const line of lines) {
        t.ok(/^[a-zA-Z_:][a-zA-Z0-9_:]*(\{.*\})? \S+( \d+)?$/.test(line), `a sample reads "name{labels} value": ${line}`);
      }
    },

    'FormatStorage by dry run says what it would do, and does nothing': async (t) => {
      const content = t.bytes('kept through a dry run');
      const id = await t.put(content, {});
      const reply = await t.call('Format.FormatStorage', { dry_run: true });
      t.fields(reply, { success: true, root_snapshot_id: isRootOrNone, log: isText }, 'dry run');
      t.ok(content.equals((await t.get(id)).data), 'the data is still there');
    },

    'FormatStorage is idempotent, and destroys nothing': async (t) => {
      const content = t.bytes('kept through formatting');
      const id = await t.put(content, {});
      const first = await t.call('Format.FormatStorage', { dry_run: false });
      t.fields(first, { success: true, root_snapshot_id: isSnapshotId, log: isString }, 'first');
      const second = await t.call('Format.FormatStorage', {});
      t.fields(second, { success: true, root_snapshot_id: first.root_snapshot_id, log: isString }, 'second');
      t.ok(content.equals((await t.get(id)).data), 'the data is still there');
    },
  },
};
