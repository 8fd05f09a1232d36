namespace HostingOps.Bench.Certainty;

/// <summary>Something that holds for a time. Scopes of -1 mean all.</summary>
/// <param name="Kind">The fault behind it.</param>
/// <param name="Effect">What it does.</param>
/// <param name="Start">Its first moment, s since the day began.</param>
/// <param name="End">The moment after its last.</param>
/// <param name="Strength">By the effect.</param>
/// <param name="Vantage">Who comes by it; -1 is everybody, visitors too.</param>
/// <param name="Provider">On the way to which provider.</param>
/// <param name="Host">On the way to which host.</param>
/// <param name="Site">For which site.</param>
internal readonly record struct Condition(
    FaultKind Kind, Effect Effect, double Start, double End, double Strength = 0, int Vantage = -1, int Provider = -1, int Host = -1, int Site = -1)
{
    public bool Holds(double at) => Start <= at && at < End;

    public bool IsFor(int provider, int host, int site) =>
        (Provider < 0 || Provider == provider) && (Host < 0 || Host == host) && (Site < 0 || Site == site);
}
