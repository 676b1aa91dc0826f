package felix.datastore;

import io.grpc.Attributes;
import io.grpc.EquivalentAddressGroup;
import io.grpc.NameResolver;
import io.grpc.Status;
import io.grpc.StatusOr;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Finds the addresses of etcd's members for gRPC.
 *
 * <p>Each member is known by its own name, which its certificate must have, whatever address it is
 * found at. A name may have several addresses, as that of all masters of a DC/OS cluster; jetcd's
 * own resolver takes the first. Names are looked up anew whenever gRPC lost a connection.
 */
final class MemberResolver extends NameResolver {
  private final List<URI> members;
  private final Args args;

  // Of the channel's synchronization context, in which gRPC calls.
  private @Nullable Listener2 listener;
  private boolean resolving;
  private boolean closed;

  MemberResolver(List<URI> members, Args args) {
    this.members = members;
    this.args = args;
  }

  /** Never seen by etcd: each member has its own. */
  @Override
  public String getServiceAuthority() {
    return "etcd";
  }

  @Override
  public void start(Listener2 listener) {
    this.listener = listener;
    refresh();
  }

  @Override
  public void refresh() {
    if (resolving || closed) {
      return;
    }
    resolving = true;
    args.getOffloadExecutor()
        .execute(
            () -> {
              var found = found();
              args.getSynchronizationContext().execute(() -> tell(found));
            });
  }

  @Override
  public void shutdown() {
    closed = true;
  }

  private void tell(StatusOr<List<EquivalentAddressGroup>> found) {
    resolving = false;
    if (!closed && listener != null) {
      listener.onResult2(ResolutionResult.newBuilder().setAddressesOrError(found).build());
    }
  }

  private StatusOr<List<EquivalentAddressGroup>> found() {
    var groups = new ArrayList<EquivalentAddressGroup>();
    var unknown = new ArrayList<String>();
    for (URI member : members) {
      try {
        groups.add(group(member));
      } catch (UnknownHostException e) {
        unknown.add(member.getHost());
      }
    }
    return groups.isEmpty()
        ? StatusOr.fromStatus(Status.UNAVAILABLE.withDescription("no address of " + unknown))
        : StatusOr.fromValue(groups);
  }

  private static EquivalentAddressGroup group(URI member) throws UnknownHostException {
    Stream<SocketAddress> addresses =
        Arrays.stream(InetAddress.getAllByName(member.getHost()))
            .map(address -> new InetSocketAddress(address, member.getPort()));
    return new EquivalentAddressGroup(
        addresses.toList(),
        Attributes.newBuilder()
            .set(EquivalentAddressGroup.ATTR_AUTHORITY_OVERRIDE, member.getAuthority())
            .build());
  }
}
