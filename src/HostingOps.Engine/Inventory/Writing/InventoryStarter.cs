namespace HostingOps.Engine.Inventory.Writing;

/// <summary>The inventory that New-HostingInventory writes.</summary>
internal static class InventoryStarter
{
    // Documentation addresses and names (RFC 5737, RFC 3849, RFC 2606): nothing in it exists until it is replaced.
    private const string Template = """
        # yaml-language-server: $schema=@schema@
        #
        # The inventory of HostingOps: which sites there are, where they live, and where they go when a host dies.
        # Replace the names and addresses, then run Test-HostingInventory. Nothing here is a secret, and nothing should be.
        version: 1

        # How AWS is reached. Leave both out to use the environment or the machine's role.
        aws:
          profile: default
          region: eu-west-1

        # The Route 53 zone that you control. Clients point their www at a record in it, once and for all:
        #   www.acme-legal.example.  CNAME  acme.sites.example.net.
        zone: sites.example.net

        # An id of this inventory. Sync-SiteDns writes it beside the records that it makes, so that others can use the zone too.
        owner: agency

        # What every site gets unless it says otherwise.
        defaults:
          ttl: 60                      # seconds; resolvers keep the dead host for so long
          check:
            path: /
            timeout: 5s                # one whole probe, redirects included
            interval: 30s              # between routine checks
            confirmInterval: 1s        # between the probes that confirm a suspicion
            failAfter: 3               # failures in a row that make a site down
            recoverAfter: 2            # successes in a row that make it healthy
            expectStatus: [200-299]

        # The servers. A site's two hosts must be at different providers.
        hosts:
          do-1:
            provider: digitalocean
            address: 203.0.113.10
            ssh: deploy@203.0.113.10   # for hooks: {{standby.ssh}}
          li-1:
            provider: linode
            address: 198.51.100.7
            addressV6: "2001:db8:2::7" # add one to both hosts to serve IPv6 as well
            ssh: deploy@198.51.100.7

        sites:
          acme:
            domain: acme-legal.example # the bare domain; visitors use www.acme-legal.example
            aliases: [acmelaw.example]
            record: acme               # acme.sites.example.net
            primary: do-1
            secondary: li-1
            policy:
              automatic: false         # true lets Start-SiteWatch fail the site over by itself
              cooldown: 15m            # no second switch within this time
            # mirror: { exclude: ["/calendar/*"] } # the secondary serves a static copy: Save-SiteMirror
            # Programs run around a switch, without a shell, an argument per item:
            # hooks:
            #   promote: [[ssh, "{{standby.ssh}}", sudo, promote-site, "{{site.name}}"]]

          bakery:
            domain: bakery.example
            record: bakery
            primary: li-1
            secondary: do-1
            check: { path: /health, expectBody: "open" }

        # Limits over all sites, which keep a broken monitor from moving the whole fleet.
        policy:
          maxFailovers: 3              # within the window
          maxFailoverPercent: 30       # of all sites; one site is always allowed
          window: 1h
          # Known-good addresses. When none of them answers, the monitor is at fault, and nothing moves.
          # Needed before you set automatic: true.
          # observerChecks: [https://www.example.com/, https://www.example.org/]

        # Who is told. The address comes from an environment variable, for it is a secret.
        # notifications:
        #   - { webhook: "${ALERT_WEBHOOK}", on: [down, failover, recovered] }

        # The redirector behind the bare domains.
        # apex: { elasticIp: 198.51.100.99, instance: { type: t3.micro, keyName: ops, securityGroup: web } }

        # Records that follow this machine's changing address.
        # dynamicDns:
        #   - { record: office, sources: [https://ip.example/, "dns:myip.example.org@192.0.2.53"] }

        # Times in which failures are expected: nothing is concluded from them.
        # maintenance:
        #   - { reason: backups, weekly: [sun], at: "02:30", duration: 2h, timeZone: Europe/Berlin, hosts: [do-1] }

        # Who else is asked before a failover, and how many must agree (docs/witnesses.md).
        # witnesses: { quorum: 2 of 3, key: "${WITNESS_KEY}", agents: [{ name: nyc, url: "https://nyc.ops.example:8787" }, { name: fra, url: "https://fra.ops.example:8787" }] }

        # What Test-SiteDns asks the outside, and how long a switch may take to reach everyone.
        # dnsAudit: { resolvers: [1.1.1.1, 8.8.8.8, 9.9.9.9], certificateAuthorities: [letsencrypt.org], maxSwitchTime: 30m }

        """;

    public static string Text(string schema) =>
        Template.ReplaceLineEndings("\n").Replace("@schema@", YamlText.Comment(schema), StringComparison.Ordinal);
}
