using HostingOps.Engine.Operations;

namespace HostingOps.Engine.Dns.Changes;

/// <summary>Proves changes of records by asking the world: Route 53 for INSYNC, then every authoritative server for the records.</summary>
internal sealed class ZoneChangeProof(
    HostingInventory inventory, HostedZoneReader reader, ChangeWaiter waiter, AuthoritativeServers servers, SwitchVerifier verifier, IOperationReporter reporter)
{
    /// <summary>The same results; those that the servers do not confirm as NotProven.</summary>
    public async Task<IReadOnlyList<DnsRecordChangeResult>> ProveAsync(
        HostedZoneReference zone, IReadOnlyList<DnsRecordChangeResult> results, ZoneChangeOptions options, CancellationToken cancellationToken)
    {
        if (results.Count == 0)
        {
            return results;
        }

        try
        {
            string[] changeIds = [.. results.Select(static result => result.ChangeId).OfType<string>().Distinct(StringComparer.Ordinal)];
            await waiter.WaitAsync(changeIds, options.InSyncTimeout, cancellationToken).ConfigureAwait(false);
            return inventory.VerifyDns ? await AskAsync(zone, results, options, cancellationToken).ConfigureAwait(false) : results;
        }
        catch (HostingException error)
        {
            return [.. results.Select(result => NotProven(result, error.Message, error.ErrorId))];
        }
    }

    private async Task<IReadOnlyList<DnsRecordChangeResult>> AskAsync(
        HostedZoneReference zone, IReadOnlyList<DnsRecordChangeResult> results, ZoneChangeOptions options, CancellationToken cancellationToken)
    {
        var questions = results.SelectMany(static result => QuestionsOf(result.Change)).ToArray();
        if (questions.Length == 0)
        {
            return results;
        }

        var names = inventory.NameServers.Count > 0 ? [] : await reader.GetNameServersAsync(zone, cancellationToken).ConfigureAwait(false);
        var found = await servers.FindAsync(inventory, names, cancellationToken).ConfigureAwait(false);
        reporter.Verbose($"Asking {found.Count} authoritative servers of '{zone.Name}'.");
        var answers = await verifier.VerifyAsync(found, questions, options.VerifyTimeout, cancellationToken).ConfigureAwait(false);
        var problems = answers.Where(static answer => !answer.Verified)
            .GroupBy(static answer => answer.SiteName, StringComparer.Ordinal)
            .ToDictionary(static group => group.Key, static group => string.Join(" ", group.Select(static answer => answer.Reason)), StringComparer.Ordinal);
        return [.. results.Select(result => problems.TryGetValue(result.Record, out var problem) ? NotProven(result, problem, ErrorIds.VerificationFailed) : result)];
    }

    // One question for each name. What an alias or a routing policy answers is not fixed, and a delegation is answered by a referral.
    private static IEnumerable<DnsSwitch> QuestionsOf(DnsRecordChange change) =>
        from name in SwitchScope.NamesOfSets(change.Before, change.After)
        let before = change.Before.Where(set => set.Name == name).ToArray()
        let after = change.After.Where(set => set.Name == name).ToArray()
        where before.Concat(after).All(static set => set.IsSimple && set.Type != "NS")
        let question = new DnsSwitch { SiteName = change.Record, Record = name, Before = before, After = after }
        where new SwitchExpectation(question).Problem is null
        select question;

    private static DnsRecordChangeResult NotProven(DnsRecordChangeResult result, string reason, string errorId) =>
        result with { Outcome = DnsRecordChangeOutcome.NotProven, Reason = reason, ErrorId = errorId };
}
