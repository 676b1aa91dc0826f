package felix.calc;

import felix.delta.Changes;
import felix.model.Cidr;
import felix.model.IpPool;
import felix.model.IpPoolKey;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Of several pools with one network, takes the one whose name comes first. */
final class PoolResolver {
  private final Resources resources;
  private final FirstNames<Cidr> names = new FirstNames<>(Comparator.naturalOrder());
  private final Map<Cidr, IpPool> active = new HashMap<>();

  PoolResolver(Resources resources) {
    this.resources = resources;
  }

  Changes<Cidr, IpPool> apply(Changes<IpPoolKey, IpPool> pools) {
    var touched = new LinkedHashSet<Cidr>();
    for (var change : pools) {
      String name = change.key().name();
      if (change.before() != null) {
        names.remove(change.before().cidr(), name);
        touched.add(change.before().cidr());
      }
      if (change.after() != null) {
        names.add(change.after().cidr(), name);
        touched.add(change.after().cidr());
      }
    }
    var changes = new Changes<Cidr, IpPool>();
    touched.forEach(cidr -> refresh(cidr, changes));
    return changes;
  }

  private void refresh(Cidr cidr, Changes<Cidr, IpPool> changes) {
    String name = names.first(cidr);
    IpPool after = name == null ? null : resources.pools().get(new IpPoolKey(name));
    changes.record(cidr, replace(cidr, after), after);
  }

  private @Nullable IpPool replace(Cidr cidr, @Nullable IpPool pool) {
    return pool == null ? active.remove(cidr) : active.put(cidr, pool);
  }
}
