using System.Xml.Linq;
using HostingOps.Sandbox.Api;

namespace HostingOps.Sandbox.Route53;

/// <summary>The actions on resource record sets and their changes.</summary>
internal sealed class RecordActions(Route53Store store, HealthCheckActions healthChecks, Throttle throttle)
{
    private const int MostPerPage = 300;

    private static readonly string[] Actions = ["CREATE", "DELETE", "UPSERT"];

    /// <summary>ListResourceRecordSets: from the given name, type and identifier on, pending changes included.</summary>
    public XElement List(string zoneId, QueryString query)
    {
        var records = store.Records(zoneId);
        var most = query.MaxItems(MostPerPage);
        var (name, type, identifier) = (query["name"], query["type"], query["identifier"]);
        if ((type is not null && name is null) || (identifier is not null && type is null))
        {
            throw new ApiException(400, "InvalidInput", "The input is not valid: type needs name, and identifier needs name and type.");
        }

        var first = name is null ? 0 : RecordSetRange.IndexFrom(records, ParseName(name), type, identifier);
        var page = records.Skip(first).Take(most).ToList();
        var next = first + page.Count < records.Count ? records[first + page.Count] : null;
        return new XElement(
            "ListResourceRecordSetsResponse",
            new XElement("ResourceRecordSets", page.Select(RecordSetXml.Write)),
            new XElement("IsTruncated", next is not null),
            next is null ? null : new XElement("NextRecordName", next.Name.Text),
            next is null ? null : new XElement("NextRecordType", next.Type),
            next?.SetIdentifier is null ? null : new XElement("NextRecordIdentifier", next.SetIdentifier),
            new XElement("MaxItems", most));
    }

    /// <summary>ChangeResourceRecordSets.</summary>
    public async Task<XElement> ChangeAsync(string zoneId, byte[] body, CancellationToken cancellationToken)
    {
        // The zone is looked up first: its absence outranks whatever the body says.
        store.Zone(zoneId);
        var batch = ReadBatch(body);
        healthChecks.CheckExist(batch.Changes.Where(change => change.Action != "DELETE").Select(change => change.RecordSet.HealthCheckId));
        if (!throttle.AdmitsRecords(batch.RecordCount))
        {
            throw new ApiException(400, "Throttling", "Rate exceeded");
        }

        var change = await store.ApplyAsync(zoneId, batch, cancellationToken).ConfigureAwait(false);
        return new XElement("ChangeResourceRecordSetsResponse", Write(change, store.TimeProvider.GetUtcNow()));
    }

    /// <summary>GetChange.</summary>
    public XElement GetChange(string changeId) => new("GetChangeResponse", Write(store.Change(changeId), store.TimeProvider.GetUtcNow()));

    /// <summary>A ChangeInfo element.</summary>
    public static XElement Write(ChangeInfo change, DateTimeOffset now) => new(
        "ChangeInfo",
        new XElement("Id", "/change/" + change.Id),
        new XElement("Status", change.Status(now)),
        new XElement("SubmittedAt", Route53Xml.Time(change.SubmittedAt)),
        change.Comment is null ? null : new XElement("Comment", change.Comment));

    private static ChangeBatch ReadBatch(byte[] body)
    {
        var ns = Route53Xml.Namespace;
        var request = Route53Xml.Read(body, "ChangeResourceRecordSetsRequest", "ChangeBatch");
        var batch = request.Element(ns + "ChangeBatch")
            ?? throw new ApiException(400, "InvalidInput", "Invalid XML ; the element 'ChangeBatch' is missing in 'ChangeResourceRecordSetsRequest'");
        var elements = batch.Element(ns + "Changes")?.Elements(ns + "Change").ToList() ?? [];
        if (elements.Count == 0)
        {
            throw Route53Xml.Constraint("[]", "changeBatch.changes", "Member must have length greater than or equal to 1");
        }

        var comment = Route53Xml.Optional(batch, "Comment");
        if (comment?.Length > 256)
        {
            throw Route53Xml.Constraint(comment, "changeBatch.comment", "Member must have length less than or equal to 256");
        }

        return new ChangeBatch(comment, elements.Select(ReadChange).ToList());
    }

    private static RecordChange ReadChange(XElement element, int index)
    {
        var action = Route53Xml.Required(element, "Action");
        if (!Actions.Contains(action, StringComparer.Ordinal))
        {
            throw Route53Xml.Constraint(
                action, $"changeBatch.changes.{index + 1}.member.action", $"Member must satisfy enum value set: [{string.Join(", ", Actions)}]");
        }

        var set = element.Element(Route53Xml.Namespace + "ResourceRecordSet")
            ?? throw new ApiException(400, "InvalidInput", "Invalid XML ; the element 'ResourceRecordSet' is missing in 'Change'");
        return new RecordChange(action, RecordSetXml.Read(set, action, index + 1));
    }

    private static RecordName ParseName(string text)
    {
        try
        {
            return RecordName.Parse(text);
        }
        catch (RecordNameException error)
        {
            throw new ApiException(400, "InvalidInput", error.Message);
        }
    }
}
