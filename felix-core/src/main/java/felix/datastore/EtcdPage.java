package felix.datastore;

import java.util.List;

/**
 * Some keys in a row.
 *
 * @param entries all with values, sorted by key
 * @param more whether there are keys after the last one
 */
record EtcdPage(EtcdHead head, List<EtcdEntry> entries, boolean more) {}
