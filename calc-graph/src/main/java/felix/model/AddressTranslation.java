package felix.model;

/**
 * A further address under which an endpoint can be reached from outside: a floating IP.
 *
 * @param internal one of the endpoint's own, of the same family
 */
public record AddressTranslation(Ip internal, Ip external) {}
