@{
    RootModule = 'Foreign.dll'
    ModuleVersion = '1.0.0'
    GUID = '5f0f3a52-7a0a-4d57-9a50-2d9c0c1be6a4'
    CmdletsToExport = @('Get-ForeignYaml', 'Get-ForeignSqlite', 'Get-ForeignCaller', 'Get-ForeignKey')
}
