<#
.SYNOPSIS
    The folder of the module that the tests import: $env:HOSTINGOPS_MODULE, or what the last build assembled.
#>
$env:HOSTINGOPS_MODULE ? $env:HOSTINGOPS_MODULE : (Resolve-Path (Join-Path $PSScriptRoot '../../out/HostingOps')).Path
