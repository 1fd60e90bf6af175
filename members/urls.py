"""The directory's addresses."""

from django.urls import path

from members.views import directory, figures, unit

app_name = "members"
urlpatterns = [
    path("", directory.directory, name="directory"),
    path("units.csv", directory.units_csv, name="csv"),
    path("units.json", directory.units_json, name="json"),
    path("figures/", figures.figures, name="figures"),
    path("figures/table.xlsx", figures.table, name="figures_table"),
    path("<slug:number>/", unit.unit, name="unit"),
]
