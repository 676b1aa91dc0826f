package felix.datastore;

import felix.model.ResourceUpdate;
import java.util.List;

/**
 * All that etcd held at a revision.
 *
 * @param position right after it
 * @param resources only such as have a value
 * @param problems of the others
 */
record Listing(Position position, List<ResourceUpdate> resources, List<Quarantined> problems) {}
