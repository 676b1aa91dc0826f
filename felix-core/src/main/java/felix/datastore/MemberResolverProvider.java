package felix.datastore;

import io.grpc.NameResolver;
import io.grpc.NameResolverProvider;
import io.grpc.NameResolverRegistry;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Gives gRPC a {@link MemberResolver}. The list of members goes through jetcd as a target of our
 * own scheme, in hexadecimal digits, so that nothing on the way finds anything in it to interpret.
 */
final class MemberResolverProvider extends NameResolverProvider {
  private static final String SCHEME = "etcd-members";
  private static final int PRIORITY = 5;

  static {
    NameResolverRegistry.getDefaultRegistry().register(new MemberResolverProvider());
  }

  private MemberResolverProvider() {}

  /** For jetcd. */
  static String target(List<URI> members) {
    String all = members.stream().map(URI::toString).collect(Collectors.joining(","));
    return SCHEME + ":///" + HexFormat.of().formatHex(all.getBytes(StandardCharsets.UTF_8));
  }

  @Override
  protected boolean isAvailable() {
    return true;
  }

  @Override
  protected int priority() {
    return PRIORITY;
  }

  @Override
  public String getDefaultScheme() {
    return SCHEME;
  }

  @Override
  public @Nullable NameResolver newNameResolver(URI target, NameResolver.Args args) {
    if (!SCHEME.equals(target.getScheme())) {
      return null;
    }
    byte[] all = HexFormat.of().parseHex(target.getPath().substring(1));
    var members =
        Arrays.stream(new String(all, StandardCharsets.UTF_8).split(",", -1))
            .map(URI::create)
            .toList();
    return new MemberResolver(members, args);
  }
}
