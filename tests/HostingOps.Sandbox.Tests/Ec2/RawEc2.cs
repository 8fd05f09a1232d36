using System.Net;
using System.Net.Http.Headers;
using System.Xml.Linq;
using HostingOps.Sandbox.Tests.Route53;

namespace HostingOps.Sandbox.Tests.Ec2;

/// <summary>EC2's query API by hand, so that a test sees the very bytes.</summary>
internal static class RawEc2
{
    public const string Image = "ami-0a000000000000001";

    public static async Task<(HttpStatusCode Status, XElement Body)> CallAsync(
        RehearsalSandbox sandbox, string action, params (string Name, string Value)[] parameters)
    {
        using var client = new HttpClient(new SocketsHttpHandler { UseProxy = false });
        using var request = new HttpRequestMessage(HttpMethod.Post, sandbox.EndpointUrl + "/");
        request.Headers.TryAddWithoutValidation("X-Amz-Date", "20260301T120000Z");
        request.Headers.Authorization = new AuthenticationHeaderValue(
            "AWS4-HMAC-SHA256", RawRoute53.Signature.Replace("us-east-1/route53", "eu-west-1/ec2"));
        request.Content = new FormUrlEncodedContent(
            [new("Action", action), new("Version", "2016-11-15"), .. parameters.Select(pair => KeyValuePair.Create(pair.Name, pair.Value))]);
        using var response = await client.SendAsync(request);
        return (response.StatusCode, XElement.Parse(await response.Content.ReadAsStringAsync()));
    }

    public static async Task<string> CodeAsync(RehearsalSandbox sandbox, string action, params (string Name, string Value)[] parameters) =>
        RawRoute53.Text((await CallAsync(sandbox, action, parameters)).Body, "Code");

    public static async Task<string> LaunchAsync(RehearsalSandbox sandbox, params (string Name, string Value)[] parameters)
    {
        var (status, body) = await CallAsync(sandbox, "RunInstances", [("ImageId", Image), ("MinCount", "1"), ("MaxCount", "1"), ("InstanceType", "t3.micro"), .. parameters]);
        Assert.True(status == HttpStatusCode.OK, body.ToString());
        return RawRoute53.Text(body, "instanceId");
    }
}
