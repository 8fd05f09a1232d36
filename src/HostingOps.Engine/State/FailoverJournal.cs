namespace HostingOps.Engine.State;

/// <summary>
/// The failover journal: what was planned, begun and done, written before and after each step and hash-chained, so that
/// an operation cut off at any point can be finished exactly once or taken back. What is written has reached the disk
/// when the call returns. Safe for use from several threads and processes.
/// </summary>
/// <param name="database">Where it is kept.</param>
/// <param name="fillRandom">Randomness for operation ids; null for the system's.</param>
internal sealed partial class FailoverJournal(StateDatabase database, Action<byte[]>? fillRandom = null)
{
    private const int LongestId = 64;

    private readonly OperationIdSource ids = new(database.Time, fillRandom);

    /// <summary>An id for an operation that is about to begin: locks are taken in its name first.</summary>
    public string NewId() => ids.Next();

    /// <summary>Writes down an operation with the plans of all its sites, and a Plan/Done entry for each, in one transaction.</summary>
    /// <returns>The operation's id.</returns>
    /// <exception cref="HostingException">
    /// InvalidArgument: no sites, a site twice, or an id that is taken or not usable. StateUnavailable, StateCorrupt, JournalTampered:
    /// nothing was written, and nothing may be switched.
    /// </exception>
    public string Begin(JournalOperation operation)
    {
        var id = string.IsNullOrEmpty(operation.Id) ? ids.Next() : operation.Id;
        Begin(operation with { Id = id }, since: null, static (_, sites) => sites);
        return id;
    }

    /// <summary>
    /// The same for those sites that are admitted in view of what other operations have moved or begun to move. The look at
    /// them and the beginning are one transaction, so that of many processes each counts the ones before it.
    /// </summary>
    /// <param name="operation">The operation; its id is needed.</param>
    /// <param name="since">From when on other operations' moves count; null when none does.</param>
    /// <param name="admit">Chooses from the sites, given the others' moves. With none chosen nothing is written.</param>
    /// <returns>The sites that were begun.</returns>
    /// <exception cref="HostingException">As <see cref="Begin(JournalOperation)"/>.</exception>
    public IReadOnlyList<JournalSite> Begin(
        JournalOperation operation,
        DateTimeOffset? since,
        Func<IReadOnlyList<SwitchRecord>, IReadOnlyList<JournalSite>, IReadOnlyList<JournalSite>> admit)
    {
        ArgumentNullException.ThrowIfNull(operation);
        var now = database.Time.GetUtcNow();
        var row = new OperationRow(
            operation.Id,
            operation.Kind.ToString(),
            operation.By,
            operation.InventoryPath,
            StateValue.ZoneKey(operation.Zone),
            operation.ZoneId,
            operation.EndpointUrl,
            operation.UndoOf,
            StateValue.FromTime(operation.StartedAt == default ? now : operation.StartedAt));
        Check(row.Id, operation.Sites);

        // Made outside the transaction: thousands of plans take a moment, and others wait for the write lock.
        var sites = operation.Sites.Select((site, index) => Row(row.Id, site, index)).ToList();
        return database.Write(transaction =>
        {
            var admitted = admit(since is { } time ? MovesSince(transaction, row.Zone, time, row.ZoneId) : [], operation.Sites);
            if (admitted.Count == 0)
            {
                return admitted;
            }

            var names = admitted.Select(static site => site.SiteName).ToHashSet(StringComparer.Ordinal);
            if (transaction.Scalar<long>("SELECT count(*) FROM operations WHERE id = $1", row.Id) > 0)
            {
                throw JournalErrors.Invalid(row.Id, $"The journal already has an operation '{row.Id}'.");
            }

            Insert(transaction, row);
            using var tail = new JournalTail(transaction);
            foreach (var site in sites.Where(site => names.Contains(site.SiteName)))
            {
                Insert(transaction, site);
                tail.Append(
                    row.Id,
                    site.SiteName,
                    FailoverStep.Plan,
                    JournalMoment.Done,
                    StateValue.FromTime(now),
                    $"{site.Kind} from {site.From ?? "nowhere known"} to {site.To ?? "nowhere known"}.",
                    dataJson: null,
                    tail.Chain.CoverBeginning(row, site));
            }

            tail.WriteHead();
            return admitted;
        });
    }

    /// <summary>Writes one entry.</summary>
    /// <param name="detail">One sentence, or null. Never a secret.</param>
    /// <param name="dataJson">What a resume needs to know, as JSON, or null. Never a secret.</param>
    /// <exception cref="HostingException">OperationNotFound; StateUnavailable, StateCorrupt: the entry was not written.</exception>
    public void Append(
        string operationId, string siteName, FailoverStep step, JournalMoment moment, string? detail = null, string? dataJson = null) =>
        AppendMany(operationId, [new JournalNote(siteName, step, moment, detail, dataJson)]);

    /// <summary>Writes entries in one transaction: all of them, or none.</summary>
    /// <exception cref="HostingException">As <see cref="Append"/>.</exception>
    public void AppendMany(string operationId, IEnumerable<JournalNote> notes)
    {
        var all = notes.ToList();
        var at = StateValue.FromTime(database.Time.GetUtcNow());
        database.Write(transaction =>
        {
            using var tail = new JournalTail(transaction);
            foreach (var note in all)
            {
                RequireSite(transaction, operationId, note.SiteName);
                tail.Append(operationId, note.SiteName, note.Step, note.Moment, at, StateValue.Text(note.Detail), StateValue.Text(note.DataJson), covers: null);
            }

            tail.WriteHead();
        });
    }

    /// <summary>Writes down how the operation ended on a site, with a Finish entry, in one transaction.</summary>
    /// <exception cref="HostingException">As <see cref="Append"/>.</exception>
    public void Finish(
        string operationId, string siteName, FailoverOutcome outcome, string reason, string? errorId, FailoverResult? result) =>
        FinishMany(operationId, [new JournalEnding(siteName, outcome, reason, errorId, result)]);

    /// <summary>Writes down how the operation ended on several sites, in one transaction.</summary>
    /// <exception cref="HostingException">As <see cref="Append"/>.</exception>
    public void FinishMany(string operationId, IEnumerable<JournalEnding> endings)
    {
        var all = endings.ToList();
        if (all.Find(static ending => ending.Outcome == FailoverOutcome.InProgress) is { } open)
        {
            throw new ArgumentException($"An operation can't end as InProgress (site '{open.SiteName}').", nameof(endings));
        }

        var at = StateValue.FromTime(database.Time.GetUtcNow());
        database.Write(transaction =>
        {
            using var tail = new JournalTail(transaction);
            foreach (var ending in all)
            {
                Finish(transaction, tail, operationId, ending, at);
            }

            tail.WriteHead();
        });
    }

    private static void Finish(StateTransaction transaction, JournalTail tail, string operationId, JournalEnding ending, string at)
    {
        var outcome = ending.Outcome.ToString();
        var reason = StateValue.Text(ending.Reason) ?? "";
        var errorId = StateValue.Text(ending.ErrorId);
        var resultJson = ending.Result is null ? null : StateValue.ToJson(ending.Result);
        var changed = transaction.Execute(
            """
            UPDATE operation_sites SET outcome = $3, reason = $4, error_id = $5, result_json = $6, ended_at = $7
            WHERE operation_id = $1 AND site_name = $2
            """,
            operationId,
            ending.SiteName,
            outcome,
            reason,
            errorId,
            resultJson,
            at);
        if (changed == 0)
        {
            throw JournalErrors.NotFound(operationId, ending.SiteName);
        }

        tail.Append(
            operationId,
            ending.SiteName,
            FailoverStep.Finish,
            ending.ErrorId is null ? JournalMoment.Done : JournalMoment.Failed,
            at,
            $"{outcome}: {reason}",
            dataJson: null,
            tail.Chain.CoverEnding(outcome, reason, errorId, resultJson, at));
    }

    private static void Check(string id, IReadOnlyList<JournalSite> sites)
    {
        if (id.Length > LongestId || !id.All(static c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_'))
        {
            throw JournalErrors.Invalid(
                id, $"'{id}' can't be an operation's id: up to {LongestId} letters, digits, '-' and '_' are expected.");
        }

        if (sites.Count == 0)
        {
            throw JournalErrors.Invalid(id, "An operation needs at least one site.");
        }

        var seen = new HashSet<string>(StringComparer.Ordinal);
        if (sites.FirstOrDefault(site => !seen.Add(site.SiteName)) is { } twice)
        {
            throw JournalErrors.Invalid(twice.SiteName, $"Site '{twice.SiteName}' is twice in one operation; once is expected.");
        }
    }

    private static SiteRow Row(string operationId, JournalSite site, int position)
    {
        var overridden = site.Plan.Gates.Where(static gate => gate.Outcome == GateOutcome.Overridden).Select(static gate => gate.Name.ToString()).ToList();
        return new SiteRow(
            operationId,
            site.SiteName,
            position,
            site.Plan.Kind.ToString(),
            site.Plan.From,
            site.Plan.To,
            overridden.Count == 0 ? null : StateValue.Text($"{string.Join(", ", overridden)}: {site.Plan.OverrideReason}"),
            StateValue.ToJson(site.Plan),
            nameof(FailoverOutcome.InProgress),
            SiteRow.UnendedReason,
            ErrorId: null,
            ResultJson: null,
            EndedAt: null);
    }

    private static void Insert(StateTransaction transaction, OperationRow row) => transaction.Execute(
        """
        INSERT INTO operations (id, kind, operator, inventory_path, zone, zone_id, endpoint_url, undo_of, started_at)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)
        """,
        row.Id,
        row.Kind,
        row.Operator,
        row.InventoryPath,
        row.Zone,
        row.ZoneId,
        row.EndpointUrl,
        row.UndoOf,
        row.StartedAt);

    private static void Insert(StateTransaction transaction, SiteRow row) => transaction.Execute(
        """
        INSERT INTO operation_sites
            (operation_id, site_name, position, kind, from_host, to_host, overrides, plan_json, outcome, reason)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)
        """,
        row.OperationId,
        row.SiteName,
        row.Position,
        row.Kind,
        row.From,
        row.To,
        row.Overrides,
        row.PlanJson,
        row.Outcome,
        row.Reason);

    private static void RequireSite(StateTransaction transaction, string operationId, string siteName)
    {
        if (transaction.Scalar<long>(
            "SELECT count(*) FROM operation_sites WHERE operation_id = $1 AND site_name = $2", operationId, siteName) == 0)
        {
            throw JournalErrors.NotFound(operationId, siteName);
        }
    }
}
