package felix.config;

import java.util.List;

/** Settings that belong together, as the documentation shows them. */
public record Section(String title, List<Setting<?>> settings) {}
