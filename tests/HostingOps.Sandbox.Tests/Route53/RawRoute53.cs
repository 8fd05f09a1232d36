using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Xml.Linq;

namespace HostingOps.Sandbox.Tests.Route53;

/// <summary>Speaks Route 53's XML by hand, so that a test sees status and body as they are.</summary>
internal sealed class RawRoute53(string endpointUrl, string zoneId) : IDisposable
{
    public const string Signature =
        "Credential=AKIDEXAMPLE/20260301/us-east-1/route53/aws4_request, SignedHeaders=host;x-amz-date, "
        + "Signature=0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef";

    private const string Namespace = "https://route53.amazonaws.com/doc/2013-04-01/";
    private readonly HttpClient client = new(new SocketsHttpHandler { UseProxy = false }) { Timeout = TimeSpan.FromSeconds(30) };

    public static string Change(string action, string name, string type, string? values, long? ttl = 60, string extra = "")
    {
        var records = values is null
            ? ""
            : "<ResourceRecords>" + string.Concat(values.Split('|').Select(value =>
                $"<ResourceRecord><Value>{new XText(value)}</Value></ResourceRecord>")) + "</ResourceRecords>";
        return $"<Change><Action>{action}</Action><ResourceRecordSet><Name>{name}</Name><Type>{type}</Type>{extra}"
            + (ttl is null ? "" : $"<TTL>{ttl}</TTL>") + $"{records}</ResourceRecordSet></Change>";
    }

    public Task<(HttpStatusCode Status, XElement Body)> ChangeAsync(params string[] changes) => SendAsync(
        HttpMethod.Post,
        $"/2013-04-01/hostedzone/{zoneId}/rrset/",
        $"<ChangeResourceRecordSetsRequest xmlns=\"{Namespace}\"><ChangeBatch><Changes>{string.Concat(changes)}</Changes></ChangeBatch></ChangeResourceRecordSetsRequest>");

    public Task<(HttpStatusCode Status, XElement Body)> ListAsync(string query = "") =>
        SendAsync(HttpMethod.Get, $"/2013-04-01/hostedzone/{zoneId}/rrset{query}", null);

    public async Task<(HttpStatusCode Status, XElement Body)> SendAsync(HttpMethod method, string path, string? body, string? signature = Signature)
    {
        using var request = new HttpRequestMessage(method, endpointUrl + path);
        request.Headers.TryAddWithoutValidation("X-Amz-Date", "20260301T120000Z");
        if (signature is not null)
        {
            request.Headers.Authorization = new AuthenticationHeaderValue("AWS4-HMAC-SHA256", signature);
        }

        request.Content = body is null ? null : new StringContent(body, Encoding.UTF8, "text/xml");
        using var response = await client.SendAsync(request);
        Assert.True(response.Headers.Contains("x-amzn-RequestId"));
        return (response.StatusCode, XElement.Parse(await response.Content.ReadAsStringAsync()));
    }

    public static string Text(XElement body, string name) =>
        body.Descendants().FirstOrDefault(element => element.Name.LocalName == name)?.Value ?? "";

    public static IReadOnlyList<string> Texts(XElement body, string name) =>
        body.Descendants().Where(element => element.Name.LocalName == name).Select(element => element.Value).ToList();

    public void Dispose() => client.Dispose();
}
