package felix.dataplane.netlink;

import felix.dataplane.netlink.RuleMessage.RuleSelector;
import felix.model.Ip;
import felix.model.IpVersion;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * {@code struct fib_rule_hdr}: u8 family, u8 destination length, u8 source length, u8 TOS, u8
 * table, two u8 of padding, u8 action, u32 flags.
 */
final class RuleCodec implements Codec<RuleMessage> {
  private static final int FIXED_BYTES = 12;

  private static final int ATTRIBUTE_DESTINATION = 1;
  private static final int ATTRIBUTE_SOURCE = 2;
  private static final int ATTRIBUTE_PRIORITY = 6;
  private static final int ATTRIBUTE_MARK = 10;
  private static final int ATTRIBUTE_TABLE = 15;
  private static final int ATTRIBUTE_MARK_MASK = 16;

  private static final int FLAG_INVERT = 0x2;

  @Override
  public int newType() {
    return 32;
  }

  @Override
  public void encode(RuleMessage rule, MessageWriter out) {
    RuleSelector selector = rule.selector();
    out.u8(Family.of(selector.version()));
    out.u8(selector.destination().prefixLength()).u8(selector.source().prefixLength()).u8(0);
    out.u8(rule.table() < 256 ? rule.table() : 0).u8(0).u8(0).u8(rule.action());
    out.u32(rule.inverted() ? FLAG_INVERT : 0);
    if (selector.destination().prefixLength() != 0) {
      out.attribute(ATTRIBUTE_DESTINATION, selector.destination().address());
    }
    if (selector.source().prefixLength() != 0) {
      out.attribute(ATTRIBUTE_SOURCE, selector.source().address());
    }
    out.attribute(ATTRIBUTE_PRIORITY, rule.priority());
    out.attribute(ATTRIBUTE_TABLE, rule.table());
    if (selector.markMask() != 0) {
      out.attribute(ATTRIBUTE_MARK, selector.mark());
      out.attribute(ATTRIBUTE_MARK_MASK, selector.markMask());
    }
  }

  @Override
  public void encodeDump(int family, MessageWriter out) {
    out.u8(family).u8(0).u8(0).u8(0).u32(0).u32(0);
  }

  @Override
  public @Nullable RuleMessage decode(ByteBuffer body) {
    Codec.requireFixedPart(body, FIXED_BYTES);
    IpVersion version = Family.version(body.get(0));
    if (version == null) {
      return null;
    }
    Ip destination = new Ip(version, 0, 0);
    Ip source = destination;
    int priority = 0;
    int mark = 0;
    int markMask = 0;
    int table = Byte.toUnsignedInt(body.get(4));
    for (var attributes = Codec.attributes(body, FIXED_BYTES); attributes.next(); ) {
      switch (attributes.type()) {
        case ATTRIBUTE_DESTINATION -> destination = attributes.ip(version);
        case ATTRIBUTE_SOURCE -> source = attributes.ip(version);
        case ATTRIBUTE_PRIORITY -> priority = attributes.u32();
        case ATTRIBUTE_MARK -> mark = attributes.u32();
        case ATTRIBUTE_MARK_MASK -> markMask = attributes.u32();
        case ATTRIBUTE_TABLE -> table = attributes.u32();
        default -> {}
      }
    }
    return new RuleMessage(
        priority,
        table,
        Byte.toUnsignedInt(body.get(7)),
        (body.getInt(8) & FLAG_INVERT) != 0,
        new RuleSelector(
            version,
            Family.cidr(source, Byte.toUnsignedInt(body.get(2))),
            Family.cidr(destination, Byte.toUnsignedInt(body.get(1))),
            mark,
            markMask));
  }
}
