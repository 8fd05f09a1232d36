namespace HostingOps.Engine.Inventory.Writing;

/// <summary>A site guessed from one name's address records.</summary>
internal sealed record SurveyedSite(string Name, string Record, string Domain, SurveyedHost Host, bool HasIPv6, int Ttl, IReadOnlyList<string> Notes);
