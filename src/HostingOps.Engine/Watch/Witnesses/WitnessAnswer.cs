namespace HostingOps.Engine.Watch.Witnesses;

/// <summary>What a witness says of a site on one host. Silence is Unknown, never agreement.</summary>
internal enum WitnessAnswer
{
    /// <summary>No answer, a late one, an old one, or one that can't be read.</summary>
    Unknown,

    /// <summary>It gets the site from there.</summary>
    Serves,

    /// <summary>It does not.</summary>
    Down,
}
