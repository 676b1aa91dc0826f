package felix.config;

import java.util.List;

/** For who works on the agent. */
public final class DebugSettings {
  private static final String JVM = "jcmd of a JDK takes profiles and heaps of a running JVM";

  static final Setting<String> DEBUG_MEMORY_PROFILE_PATH =
      Setting.of("DebugMemoryProfilePath", Types.TEXT, "", "File for the heap on SIGUSR1.")
          .unused(JVM);

  static final Setting<String> DEBUG_CPU_PROFILE_PATH =
      Setting.of(
              "DebugCPUProfilePath",
              Types.TEXT,
              "/tmp/felix-cpu-<timestamp>.pprof",
              "File for a profile on SIGUSR2.")
          .unused(JVM);

  static final Setting<String> DEBUG_HOST =
      Setting.of("DebugHost", Types.LISTEN_ADDRESS, "localhost", "Address of the profiles' server.")
          .unused(JVM);

  static final Setting<Integer> DEBUG_PORT =
      Setting.of("DebugPort", Types.port(), "", "TCP port of the profiles' server; 0 for none.")
          .unused(JVM);

  static final Setting<Boolean> DEBUG_SIMULATE_DATA_RACE =
      Setting.of(
              "DebugSimulateDataRace",
              Types.BOOL,
              "false",
              "Whether two threads shall write to one place.")
          .unused("nothing looks for such races in a JVM");

  static final List<Setting<?>> ALL =
      List.of(
          DEBUG_MEMORY_PROFILE_PATH,
          DEBUG_CPU_PROFILE_PATH,
          DEBUG_HOST,
          DEBUG_PORT,
          DEBUG_SIMULATE_DATA_RACE);

  private DebugSettings() {}
}
