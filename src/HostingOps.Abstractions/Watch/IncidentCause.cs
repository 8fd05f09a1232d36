namespace HostingOps;

/// <summary>What an incident is about: the smallest thing whose failure explains what is seen.</summary>
public enum IncidentCause : long
{
    /// <summary>One site on its active host.</summary>
    Site,

    /// <summary>One site's standby: nothing is lost yet, and nothing could take over.</summary>
    Standby,

    /// <summary>A host, with every site on it.</summary>
    Host,

    /// <summary>A provider, with every host of it.</summary>
    Provider,

    /// <summary>A line behind which hosts stand.</summary>
    Uplink,

    /// <summary>This machine's own view of the world.</summary>
    Observer,

    /// <summary>A certificate that ends soon or has ended.</summary>
    Certificate,

    /// <summary>An inventory that could not be read again; the last good one stays in use.</summary>
    Inventory,

    /// <summary>The watcher itself: missed runs, a state database that can't be written, AWS out of reach.</summary>
    Watcher,
}
