package felix.datastore;

import felix.config.Secret;

/** As whom etcd knows this agent. */
public record EtcdLogin(String user, Secret password) {}
