namespace HostingOps.Engine.Watch.Automatic;

/// <summary>Which open incident tells that a site is down.</summary>
internal sealed class OpenIncidents
{
    private readonly Dictionary<string, string> ids = new(StringComparer.Ordinal);

    /// <summary>The incidents that explain why sites are down; what lasts beside them (a certificate, the observer) does not.</summary>
    public static OpenIncidents Of(IReadOnlyList<HostingIncident> open)
    {
        var found = new OpenIncidents();

        // The widest first: a site's own incident ends within its host's.
        var causes = open.Where(static incident => incident.Cause is IncidentCause.Site or IncidentCause.Host or IncidentCause.Provider or IncidentCause.Uplink);
        foreach (var incident in causes.OrderByDescending(static incident => incident.Cause))
        {
            foreach (var site in incident.Sites)
            {
                found.ids.TryAdd(site, incident.Id);
            }
        }

        return found;
    }

    /// <summary>The incident's id, or null when nobody was told of one.</summary>
    public string? IdOf(string siteName) => ids.GetValueOrDefault(siteName);
}
