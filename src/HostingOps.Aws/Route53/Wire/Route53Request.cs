using System.Xml.Linq;
using Amazon.Route53.Model;
using Amazon.Runtime;
using Amazon.Runtime.Internal;

namespace Amazon.Route53.Wire;

/// <summary>Builds requests of the rest-xml protocol: ids in the path, the rest in the query or an XML body.</summary>
internal static class Route53Request
{
    public static IRequest Get(AmazonWebServiceRequest request, string path, string? id = null, string idName = "Id") =>
        Create(request, "GET", path, id, idName);

    public static IRequest Delete(AmazonWebServiceRequest request, string path, string? id) => Create(request, "DELETE", path, id, "Id");

    public static IRequest Post(AmazonWebServiceRequest request, string path, string root, IEnumerable<XElement?> content, string? id = null)
    {
        var result = Create(request, "POST", path, id, "Id");
        result.Content = Route53Bodies.Body.Document(root, content);
        result.Headers["Content-Type"] = "application/xml";
        return result;
    }

    public static IRequest With(this IRequest request, string name, string? value)
    {
        if (value is not null)
        {
            request.Parameters.Add(name, value);
        }

        return request;
    }

    private static DefaultRequest Create(AmazonWebServiceRequest request, string method, string path, string? id, string idName)
    {
        var result = new DefaultRequest(request, "Amazon.Route53") { HttpMethod = method, ResourcePath = path, UseQueryString = true };
        if (path.Contains('{', StringComparison.Ordinal))
        {
            // An empty id would make another request of it: the listing instead of the one item.
            var value = Route53Id.Strip(id);
            result.AddPathResource($"{{{idName}}}", string.IsNullOrEmpty(value)
                ? throw new AmazonRoute53Exception($"Request object does not have required field {idName} set")
                : value);
        }

        return result;
    }
}
