package felix.dataplane.netlink;

import java.util.OptionalLong;

/**
 * The number that nf_tables counts up with every transaction of anybody in this network namespace,
 * {@code NFTA_GEN_ID} of {@code linux/netfilter/nf_tables.h}. Since Linux 3.18.
 */
final class NfTablesGeneration implements AutoCloseable {
  private static final int SUBSYSTEM = 10;
  private static final int GET_GENERATION = SUBSYSTEM << 8 | 16;
  private static final int NEW_GENERATION = SUBSYSTEM << 8 | 15;
  private static final int ATTRIBUTE_ID = 1;

  /** {@code NFNL_MSG_BATCH_BEGIN}: the subsystem stands in the fixed part. */
  private static final int BATCH_BEGIN = 16;

  private static final int FIXED_BYTES = 4; // u8 family, u8 version, u16 resource

  private static final Exchanges.Limits ONE_QUESTION = new Exchanges.Limits(1, 64);

  private final Exchanges exchanges;

  NfTablesGeneration(Conversation.Opener opener) {
    this.exchanges = new Exchanges(opener, ONE_QUESTION);
  }

  /**
   * The number, after all that counted it up is there to be read; empty where the kernel has none.
   *
   * @throws felix.dataplane.reconcile.KernelException if there is no answer
   */
  OptionalLong read() {
    var id =
        exchanges.ask(
            "generation of nf_tables",
            GET_GENERATION,
            out -> out.u32(0),
            NfTablesGeneration::id,
            Errno.EINVAL);
    id.ifPresent(known -> awaitTransaction());
    return id.orElse(OptionalLong.empty());
  }

  @Override
  public void close() {
    exchanges.close();
  }

  /**
   * A transaction counts the number up and then puts what it brings into effect. So that nobody
   * takes what was there before for what belongs to the new number, this waits its turn behind the
   * one that may be under way: by a batch that is begun and not ended, which the kernel drops, as
   * it does with those of {@code nft --check}. Nothing is in it.
   */
  private void awaitTransaction() {
    exchanges.tell("wait for nf_tables", BATCH_BEGIN, out -> out.u8(0).u8(0).u8(0).u8(SUBSYSTEM));
  }

  private static OptionalLong id(RawMessage message) {
    if (message.type() != NEW_GENERATION) {
      return OptionalLong.empty();
    }
    var attributes = Codec.attributes(message.body(), FIXED_BYTES);
    while (attributes.next()) {
      if (attributes.type() == ATTRIBUTE_ID) {
        return OptionalLong.of(Integer.toUnsignedLong(attributes.u32InNetworkOrder()));
      }
    }
    return OptionalLong.empty();
  }
}
