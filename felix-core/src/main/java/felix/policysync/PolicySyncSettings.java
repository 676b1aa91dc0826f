package felix.policysync;

import java.nio.file.Path;

/**
 * Whom to tell.
 *
 * @param hostname what this host is called in the datastore
 * @param prefix the folder with {@code creds} and {@code mount}
 */
public record PolicySyncSettings(String hostname, Path prefix) {}
