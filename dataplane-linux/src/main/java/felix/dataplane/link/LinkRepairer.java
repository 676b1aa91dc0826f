package felix.dataplane.link;

import felix.dataplane.attached.Aside;
import felix.dataplane.exec.CommandRunner;
import felix.dataplane.netlink.Errno;
import felix.dataplane.netlink.Ethtool;
import felix.dataplane.netlink.Refusal;
import felix.dataplane.netlink.Request;
import felix.dataplane.netlink.Rtnetlink;
import felix.dataplane.reconcile.KernelException;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Carries out repairs, and keeps those aside that were refused. Lives on the dataplane thread. */
final class LinkRepairer {
  private static final Logger LOG = LoggerFactory.getLogger(LinkRepairer.class);

  /** What a kernel says that cannot change something, or not while the link is up. */
  private static final Set<Errno> CANNOT_CHANGE = Set.of(Errno.EOPNOTSUPP, Errno.EBUSY);

  private final Rtnetlink netlink;
  private final Ethtool ethtool;
  private final KernelModules modules;
  private final Aside<String> aside;

  /** Devices that cannot be changed in place; never emptied, for a kernel does not learn that. */
  private final Set<String> unchangeable = new HashSet<>();

  /** Refused now, but not when they were tried last. */
  private final Map<String, KernelException> news = new LinkedHashMap<>();

  private long writes;

  LinkRepairer(Rtnetlink netlink, Ethtool ethtool, CommandRunner commands, LongSupplier nanoTime) {
    this.netlink = netlink;
    this.ethtool = ethtool;
    this.modules = new KernelModules(commands);
    this.aside = new Aside<>(nanoTime);
  }

  /** What was refused and must wait; it has ended its waiting when released. */
  Aside<String> aside() {
    return aside;
  }

  boolean changesInPlace(String device) {
    return !unchangeable.contains(device);
  }

  long writes() {
    return writes;
  }

  /**
   * Tries a repair.
   *
   * @param snapshot what the kernel held before
   * @return whether the kernel carried it out
   */
  boolean tried(Repair repair, Snapshot snapshot) {
    return switch (repair) {
      case Repair.Make make -> make(make, snapshot);
      case Repair.Change change -> change(change, snapshot);
      case Repair.ChecksumOff off -> checksumOff(off);
    };
  }

  /** It was carried out, and yet the kernel does not show it. */
  void inVain(Repair repair) {
    putAside(repair, "the kernel carries it out and does not keep it");
  }

  /** To be called when nothing more is to be tried for now. */
  void endOfTry() {
    news.forEach(
        (what, cause) -> {
          if (aside.contains(what)) {
            LOG.warn("links: {}; will try again", cause.getMessage());
          }
        });
    news.clear();
    aside.endOfTry();
  }

  private boolean make(Repair.Make make, Snapshot snapshot) {
    LOG.info("links: {}: {}", make.what(), make.why());
    writes += make.requests().size();
    for (Refusal refusal : netlink.execute(make.requests())) {
      if (!refusal.request().equals(make.requests().getLast())) {
        continue; // the wrong one that was to be removed is gone, or the name is still taken
      }
      if (!RefusalText.isUnknownKind(refusal)) {
        putAside(make, RefusalText.of(refusal, snapshot));
      } else if (modules.load(make.kind())) {
        writes++;
      } else {
        putAside(make, withoutModule(make.kind(), refusal, snapshot));
      }
      return false;
    }
    return true;
  }

  private String withoutModule(String kind, Refusal refusal, Snapshot snapshot) {
    return "%s; this kernel knows no links of kind %s: it has no such module, and modprobe %s %s"
        .formatted(RefusalText.of(refusal, snapshot), kind, kind, modules.result(kind));
  }

  private boolean change(Repair.Change change, Snapshot snapshot) {
    LOG.info("links: {}", change.what());
    Request request = change.request();
    writes++;
    for (Refusal refusal : netlink.execute(List.of(request))) {
      if (change.elseMakeAnew() && CANNOT_CHANGE.contains(refusal.errno())) {
        unchangeable.add(change.device());
      } else {
        putAside(change, RefusalText.of(refusal, snapshot));
      }
      return false;
    }
    return true;
  }

  private boolean checksumOff(Repair.ChecksumOff off) {
    LOG.info("links: {}", off.what());
    writes++;
    try {
      ethtool.setChecksumOffload(off.device(), false);
      return true;
    } catch (KernelException e) {
      putAside(off, String.valueOf(e.getMessage()));
      return false;
    }
  }

  private void putAside(Repair repair, String why) {
    var cause = new KernelException(repair.what(), why);
    if (aside.put(repair.what(), cause)) {
      news.put(repair.what(), cause);
    }
  }
}
