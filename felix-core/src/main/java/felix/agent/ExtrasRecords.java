package felix.agent;

import felix.config.FelixConfig;
import felix.config.IptablesSettings;
import felix.config.WorkloadSettings;
import felix.dataplane.rules.LogLimit;
import felix.dataplane.rules.LogRules;
import felix.dataplane.rules.RuleSettings;
import felix.dataplane.rules.ServiceLoops;
import java.util.Locale;

/** What {@link SettingRecords} fills, of what few endpoints, services and rules ask for. */
final class ExtrasRecords {
  private ExtrasRecords() {}

  static RuleSettings.Extras extras(FelixConfig config) {
    return new RuleSettings.Extras(
        config.get(WorkloadSettings.FLOATING_IPS).equals("Enabled"),
        config.get(WorkloadSettings.WORKLOAD_SOURCE_SPOOFING).equals("Any"),
        ServiceLoops.valueOf(
            config.get(WorkloadSettings.SERVICE_LOOP_PREVENTION).toUpperCase(Locale.ROOT)));
  }

  /** A prefix that is empty is as one that is not set, as in Felix. */
  static LogRules log(FelixConfig config) {
    String prefix = config.get(IptablesSettings.LOG_PREFIX);
    String rate = config.get(IptablesSettings.LOG_ACTION_RATE_LIMIT);
    int burst = config.get(IptablesSettings.LOG_ACTION_RATE_LIMIT_BURST);
    return new LogRules(
        prefix.isEmpty() ? IptablesSettings.LOG_PREFIX.defaultText() : prefix,
        rate.isEmpty() ? null : LogLimit.parse(rate, burst));
  }
}
