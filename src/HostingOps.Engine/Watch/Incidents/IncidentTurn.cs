namespace HostingOps.Engine.Watch.Incidents;

/// <summary>What a look made of the incidents.</summary>
/// <param name="Held">What is held now.</param>
/// <param name="News">What is to be told, in this order.</param>
/// <param name="Dropped">Incidents that passed before anybody was told: they never were.</param>
internal sealed record IncidentTurn(IReadOnlyList<IncidentEntry> Held, IReadOnlyList<IncidentNews> News, IReadOnlyList<string> Dropped);
