package felix.packets;

/** How a packet crosses the fabric. */
enum Path {
  BARE,
  TUNNEL
}
