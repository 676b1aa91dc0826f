/** What the agent tells others: its own status and that of its endpoints, in etcd and in files. */
@NullMarked
package felix.status;

import org.jspecify.annotations.NullMarked;
